// Questions to the monitor, and the addresses of views and files.

const LONGEST_MS = 8000;

// Without the login that the address of the page may have, with which a browser asks for nothing.
const HERE = location.origin + location.pathname;

export const fetchJson = (path, timeout) => fetch(new URL(path, HERE), { cache: "no-store", signal: AbortSignal.timeout(timeout) });

/** The answer, or { problem } with a sentence. */
export async function ask(path) {
  try {
    const response = await fetchJson(path, LONGEST_MS);
    if (response.ok) return await response.json();
    if (response.headers.get("Content-Type")?.startsWith("application/json")) return await response.json();
    return { problem: `the monitor answers with HTTP ${response.status}` };
  } catch {
    return { problem: "the monitor does not answer; try again" };
  }
}

/** The parameters that have a value, as they stand in an address. */
export function queryOf(parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value) query.set(name, value);
  return query.toString();
}

const part = encodeURIComponent;
export const tokenAt = (id) => `#/token/${part(id)}`;
export const ownerAt = (did) => `#/owner/${part(did)}`;
export const nodeAt = (machine, node) => `#/node/${part(machine)}/${part(node)}`;
export const searchAt = (parameters) => `#/search?${queryOf(parameters)}`;
export const deadLettersAt = (parameters) => `#/dead-letters?${queryOf(parameters)}`;
