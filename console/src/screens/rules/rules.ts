/** The watch's sentences about its own rules, gathered rule by rule. */

export interface RuleInWords {
  id: string;
  head: string;
  numbers: { name: string; value: string }[];
}

/** "id: sentence" begins a rule, "  name: value" belongs to the one before; the first line names the whole. */
export function rulesInWords(sentences: readonly string[]): { title: string; rules: RuleInWords[] } {
  const rules: RuleInWords[] = [];
  let title = "";
  for (const line of sentences) {
    const found = /^(\s*)([a-z_-]+): ([\s\S]*)$/.exec(line);
    if (!found) {
      if (!title) title = line;
      continue;
    }
    const [, indent = "", name = "", rest = ""] = found;
    if (indent === "") rules.push({ id: name, head: rest, numbers: [] });
    else rules.at(-1)?.numbers.push({ name, value: rest });
  }
  return { title, rules };
}

/** Sentences that stand in one list and not in the other. */
export function changed(before: readonly string[], after: readonly string[]): { gone: string[]; come: string[] } {
  const [held, said] = [new Set(before), new Set(after)];
  // The first sentence names the version, which differs whenever anything does.
  return { gone: before.slice(1).filter((one) => !said.has(one)), come: after.slice(1).filter((one) => !held.has(one)) };
}
