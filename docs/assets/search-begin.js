// The beginning of every search: the worker, and beside it, while its script is on the way, the manifest that it needs.

// Where the manifest does not come, the worker asks for it once more and says what is wrong.
async function said(manifest) {
  try {
    const answer = await fetch(manifest, { cache: "no-cache" });
    return answer.ok ? await answer.text() : "";
  } catch {
    return "";
  }
}

// A worker that is told the manifest first, and may be asked at once.
export function begun(manifest) {
  const worker = new Worker(new URL("search-worker.js", import.meta.url)), told = said(manifest);
  told.then((text) => worker.postMessage({ manifest, said: text }));
  return worker;
}
