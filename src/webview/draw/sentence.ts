/** An error's words as they stand on screen: a capital, unless a setting's dotted name comes first, and a full stop. */
export function sentence(message: string): string {
  const text = message.replace(/^[a-z](?=[a-z]* )/, (letter) => letter.toUpperCase());
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
