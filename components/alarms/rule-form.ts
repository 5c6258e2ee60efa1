import { type Rule, rule as ruleSchema, type SimpleCondition, simpleConditionsOf } from '@/server/domain/rule.ts';
import { type RuleFault, ruleFault, wordFaults } from '@/server/domain/rule-fault.ts';
import type { Priority } from '@/server/domain/scale.ts';
import { type ConditionForm, conditionOf, emptyCondition, formOfCondition } from './condition-form.ts';
import { numberIn } from './read-cell.ts';

/** A rule as somebody writes it: everything that is typed is text until it is saved. */
export type RuleForm = {
  readonly id: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly join: 'all' | 'any';
  readonly conditions: readonly ConditionForm[];
  readonly onDelayS: string;
  readonly offDelayS: string;
  readonly priority: Priority;
  readonly raises: Rule['raises'];
  readonly consequenceZh: string;
  readonly consequenceEn: string;
  readonly actionZh: string;
  readonly actionEn: string;
  readonly respondWithinS: string;
  readonly owner: string | null;
  readonly proposedKind: string | null;
  readonly groupedBy: Rule['groupedBy'];
  readonly sourceZh: string;
  readonly sourceEn: string;
  readonly verified: boolean;
  readonly enabled: boolean;
};

/** By field; of a condition `<at>.<field>`. */
export type FormFaults = Readonly<Record<string, RuleFault | 'missing' | 'number' | 'range' | 'code'>>;
export type RuleOfForm = { readonly rule: Omit<Rule, 'changed'> } | { readonly faults: FormFaults };

export const mostConditions = 8;

/** The first code that no rule has. */
export function freeId(stem: string, taken: ReadonlySet<string>): string {
  const base = stem.replace(/-\d+$/, '').slice(0, 56) || 'own';
  for (let at = stem === 'own' ? 1 : 2; ; at++) if (!taken.has(`${base}-${at}`)) return `${base}-${at}`;
}

export const emptyForm = (id: string): RuleForm => ({
  id,
  ...{ titleZh: '', titleEn: '', join: 'any', conditions: [emptyCondition('reading')] },
  ...{ onDelayS: '0', offDelayS: '60', priority: 'P3', raises: 'alarm' },
  ...{ consequenceZh: '', consequenceEn: '', actionZh: '', actionEn: '', respondWithinS: '' },
  ...{ owner: null, proposedKind: null, groupedBy: 'subject' },
  ...{ sourceZh: '', sourceEn: '', verified: false, enabled: true },
});

export const formOfRule = (rule: Omit<Rule, 'changed'>, id = rule.id): RuleForm => ({
  id,
  titleZh: rule.title['zh-CN'],
  titleEn: rule.title.en,
  join: 'all' in rule.condition ? 'all' : 'any',
  conditions: simpleConditionsOf(rule.condition).map(formOfCondition),
  onDelayS: String(rule.onDelayS),
  offDelayS: String(rule.offDelayS),
  priority: rule.priority,
  raises: rule.raises,
  consequenceZh: rule.consequence['zh-CN'],
  consequenceEn: rule.consequence.en,
  actionZh: rule.action['zh-CN'],
  actionEn: rule.action.en,
  respondWithinS: rule.respondWithinS === null ? '' : String(rule.respondWithinS),
  owner: rule.owner,
  proposedKind: rule.proposedKind,
  groupedBy: rule.groupedBy,
  sourceZh: rule.source.text['zh-CN'],
  sourceEn: rule.source.text.en,
  verified: rule.source.verified,
  enabled: rule.enabled,
});

/** What is said in one language only is said so in both. */
const both = (zh: string, en: string) => ({ 'zh-CN': zh.trim() || en.trim(), en: en.trim() || zh.trim() });

/** Where a fault of the rule stands in the form. */
const placeOf: Partial<Record<RuleFault, string>> = {
  title: 'titleZh',
  consequence: 'consequenceZh',
  action: 'actionZh',
};
const inCondition: ReadonlySet<string> = new Set(['value', 'deadBand', 'flags', 'area', 'dwellS', 'condition']);

function joined(form: RuleForm, conditions: readonly SimpleCondition[], held: Rule['condition'] | null) {
  const [first] = conditions;
  // One condition joined with nothing stays as it is written.
  if (conditions.length === 1 && first && !(held && !('of' in held))) return first;
  return form.join === 'all' ? { all: [...conditions] } : { any: [...conditions] };
}

/** The rule that a form says, or what is wrong with it by field. `held`: the rule that it changes; null for a new one. */
export function ruleOfForm(form: RuleForm, held: Omit<Rule, 'changed'> | null): RuleOfForm {
  const faults: Record<string, FormFaults[string]> = {};
  const seconds = (field: 'onDelayS' | 'offDelayS' | 'respondWithinS'): number => {
    const value = numberIn(form[field]);
    if (value === null) faults[field] = 'number';
    return value ?? 0;
  };
  const conditions = form.conditions.map((one, at) => {
    const read = conditionOf(one);
    for (const [field, fault] of Object.entries(read.faults)) faults[`${at}.${field}`] = fault;
    return read.condition;
  });
  const rule = {
    id: form.id.trim(),
    title: both(form.titleZh, form.titleEn),
    condition: joined(form, conditions, held?.condition ?? null),
    onDelayS: seconds('onDelayS'),
    offDelayS: seconds('offDelayS'),
    priority: form.priority,
    consequence: both(form.consequenceZh, form.consequenceEn),
    action: both(form.actionZh, form.actionEn),
    respondWithinS: form.respondWithinS.trim() === '' ? null : seconds('respondWithinS'),
    owner: form.owner,
    raises: form.raises,
    proposedKind: form.raises === 'signal' ? form.proposedKind : null,
    groupedBy: form.groupedBy,
    source: { text: both(form.sourceZh, form.sourceEn), verified: form.verified },
    enabled: form.enabled,
  };
  for (const fault of wordFaults(rule)) faults[placeOf[fault] ?? fault] = fault;
  if (Object.keys(faults).length > 0) return { faults };
  const read = ruleSchema.omit({ changed: true }).safeParse(rule);
  if (!read.success) return { faults: faultsOfIssues(read.error.issues, conditions.length) };
  const fault = ruleFault(held, read.data);
  if (!fault) return { rule: read.data };
  const at = conditions.findIndex((one) => ruleFault(null, { ...read.data, condition: one }) === fault);
  const field = inCondition.has(fault) && at >= 0 ? `${at}.${fault}` : (placeOf[fault] ?? fault);
  return { faults: { [field]: fault } };
}

function faultsOfIssues(issues: readonly { readonly path: readonly PropertyKey[] }[], count: number): FormFaults {
  return Object.fromEntries(
    issues.map(({ path }) => {
      const [of, ...rest] = path.map(String);
      if (of === 'id') return ['id', 'code'];
      if (of === 'condition') {
        const at = count > 1 ? rest.find((part) => /^\d+$/.test(part)) : '0';
        return [`${at ?? 0}.condition`, 'range'];
      }
      return [of && of in twoTongued ? `${of}Zh` : (of ?? ''), 'range'];
    }),
  );
}
const twoTongued = { title: true, consequence: true, action: true, source: true };
