/** Escapes a field of CSV (RFC 4180). Spreadsheets run what begins like a formula, and a name may be anybody's. */
export function csvField(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A number with as many digits as float32 has. */
export function csvNumber(value: number): string {
  return String(Number(value.toPrecision(7)));
}
