// Numbers from several runs, and tables of them.

/** The middle of the values; of an even number, the mean of the two in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Runs a measurement several times, one after the other, and returns all results. */
export async function repeat(times, measure) {
  const results = [];
  for (let run = 0; run < times; run++) results.push(await measure(run));
  return results;
}

/** "of 1 run" or "of 3 runs". */
export function ofRuns(count) {
  return count === 1 ? "of 1 run" : `of ${count} runs`;
}

/** "median (fastest to slowest) unit" of some values. */
export function summary(values, unit, digits = 0) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} ${unit} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}

/** Prints rows of texts as a table, the first row as its head. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join(" | ")} |`;
  const rule = `|${widths.map((width, column) => (column ? `${"-".repeat(width + 1)}:` : `${"-".repeat(width + 2)}`)).join("|")}|`;
  console.log([line(rows[0]), rule, ...rows.slice(1).map(line)].join("\n"));
}
