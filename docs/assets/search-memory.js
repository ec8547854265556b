// The reader's latest searches, kept in this browser and nowhere else.

const NAME = "kommunkompassen-sokningar";
const MOST = 5;

// A browser may refuse to keep anything; then nothing is remembered.
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(kept) ? kept.filter((query) => typeof query === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function write(queries) {
  try {
    if (queries.length) localStorage.setItem(NAME, JSON.stringify(queries));
    else localStorage.removeItem(NAME);
  } catch {
    // Nothing is lost but a comfort.
  }
}

export const recent = read;
export const forget = () => write([]);

export function remember(query) {
  const said = query.trim();
  if (said) write([said, ...read().filter((one) => one !== said)].slice(0, MOST));
}
