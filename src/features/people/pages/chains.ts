// Names of chains as people write them in one line, and back.

export function chainsIn(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(/[、，,;；\s]+/).map((one) => one.trim()).filter((one) => one !== ''))];
}

export function chainsText(chains: readonly string[]): string {
  return chains.join('、');
}
