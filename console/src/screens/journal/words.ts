/** Names that signing has for fields, acts and kinds of records, for whoever reads them later. */
import { said, t } from "$lib/i18n.svelte.ts";

export function fieldName(name: string): string {
  return said(`sign-field-${name}`) ?? (/^\d+$/.test(name) ? t("sign-field", { number: name }) : name.replaceAll("-", " "));
}

export function kindName(kind: string): string {
  return said(`journal-kind-${kind}`) ?? kind.replaceAll("-", " ");
}

export function actName(act: string): string {
  return said(`journal-act-${act}`) ?? act.replaceAll("-", " ");
}
