// Light or dark before the first paint. A classic script at the top of <body>, so that no page needs an inline script.
// Material's bundle expects the four __md_ names; the site's root is the folder above assets/.
window.__md_scope = new URL("../", document.currentScript.src);
window.__md_hash = text => [...text].reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0);
window.__md_get = (key, storage, scope = window.__md_scope) => {
  try {
    return JSON.parse((storage ?? localStorage).getItem(`${scope.pathname}.${key}`));
  } catch {
    return null;
  }
};
window.__md_set = (key, value, storage, scope = window.__md_scope) => {
  try {
    (storage ?? localStorage).setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // Storage may be switched off; the choice then lasts for this page.
  }
};

{
  const stored = window.__md_get("__palette")?.color?.scheme;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.setAttribute("data-md-color-scheme", stored ?? (dark ? "slate" : "default"));
  document.documentElement.classList.replace("no-js", "js");
}
