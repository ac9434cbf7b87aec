// Collects what was measured against which bar, and prints it for people.

/** A report starts empty; every check adds rows, and a row that misses its bar fails the run unless it is soft. */
export function newReport() {
  const rows = [];
  const add = (row) => rows.push({ details: [], soft: false, ...row });
  return {
    rows,
    add,
    /** value must be at most bar */
    atMost: (check, where, value, bar, details = [], unit = '') => add({ check, where, value, bar: `<= ${bar}${unit}`, ok: value <= bar, details }),
    /** value must be at least bar */
    atLeast: (check, where, value, bar, details = [], soft = false) => add({ check, where, value, bar: `>= ${bar}`, ok: value >= bar, details, soft }),
    /** the list must be empty */
    none: (check, where, problems) => add({ check, where, value: problems.length, bar: '0', ok: problems.length === 0, details: problems }),
    failed: () => rows.some((r) => !r.ok && !r.soft),
  };
}

/** The whole report as text: one line a check, then everything that missed. */
export function asText(rows, { most = 8 } = {}) {
  const checks = new Map();
  for (const row of rows) checks.set(row.check, [...(checks.get(row.check) ?? []), row]);
  const lines = [columns('check', 'bar', 'worst', 'judged', 'missed')];
  for (const [check, all] of checks) {
    lines.push(columns(check, all[0].bar, round(worst(all)), all.length, all.filter((r) => !r.ok).length || ''));
  }
  for (const same of grouped(rows.filter((r) => !r.ok))) {
    const [row] = same;
    lines.push('', `${row.soft ? 'warning' : 'missed'}: ${row.check}: ${round(worst(same))}, wanted ${row.bar}: ${listed(same.map((r) => r.where), 4)}`);
    lines.push(...row.details.slice(0, most).map((d) => `  ${d}`));
    if (row.details.length > most) lines.push(`  … and ${row.details.length - most} more`);
  }
  return lines.join('\n');
}

// The same fault on many pages, or in all modes, is told once.
function grouped(rows) {
  const groups = new Map();
  for (const row of rows) {
    const key = JSON.stringify([row.check, row.details]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups.values();
}

function listed(names, most) {
  return names.slice(0, most).join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');
}

function columns(check, bar, worst, judged, missed) {
  return `${String(check).padEnd(34)} ${String(bar).padEnd(14)} ${String(worst).padStart(9)} ${String(judged).padStart(7)} ${String(missed).padStart(7)}`;
}

function worst(rows) {
  const values = rows.map((r) => r.value);
  return rows[0].bar.startsWith('>=') ? Math.min(...values) : Math.max(...values);
}

function round(value) {
  return typeof value === 'number' ? Math.round(value * 100) / 100 : value;
}
