// Turns files into namespaces: locales/zh-CN/projects.json becomes `projects`.

export function gather(files: Record<string, Record<string, unknown>>): Record<string, Record<string, unknown>> {
  const words: Record<string, Record<string, unknown>> = {};
  for (const [path, content] of Object.entries(files)) {
    const area = /([^/]+)\.json$/.exec(path)?.[1];
    if (area !== undefined) words[area] = content;
  }
  return words;
}
