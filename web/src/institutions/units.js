// An institution's units: what was pasted as paths, the tree in the order of its names, counts put together.

/**
 * Lines as paths from the top down: "parent > unit", or the columns of a spreadsheet.
 * @param {string} lines
 */
export const pathsOf = (lines) =>
  lines
    .split("\n")
    .map((line) => line.split(/[>\t]/).map((name) => name.trim()).filter(Boolean))
    .filter((path) => path.length);

/**
 * @template {{id: string, name: string, parent: string | null}} U
 * @param {U[]} units
 * @returns {(U & {above: string, whole: string})[]} with the names above each, by whole path
 */
export function byName(units) {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  /** @param {string | null} id @returns {string[]} */
  const names = (id) => {
    const unit = byId.get(id ?? "");
    return unit ? [...names(unit.parent), unit.name] : [];
  };
  const named = units.map((unit) => ({ ...unit, above: names(unit.parent).join(" > "), whole: names(unit.id).join(" > ") }));
  return named.sort((a, b) => a.whole.localeCompare(b.whole, "id", { numeric: true }));
}

/**
 * Two parts of a count as one.
 * @template {{name: string, people: number}} P
 * @param {P[]} before @param {P[]} more
 * @returns {P[]} most people first
 */
export function added(before, more) {
  const sums = new Map(before.map((one) => [one.name, one]));
  for (const one of more) sums.set(one.name, { ...one, people: one.people + (sums.get(one.name)?.people ?? 0) });
  return [...sums.values()].sort((a, b) => b.people - a.people || a.name.localeCompare(b.name));
}
