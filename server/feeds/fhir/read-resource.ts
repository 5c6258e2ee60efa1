import type { JsonValue } from '../read-json.ts';
import { isObject, type JsonObject, nameOf, textOf } from '../read-json-document.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Count, CountReport, Place } from './message.ts';
import { containedIn, keyOf, listOf, type Named, positionOf, referenceOf } from './references.ts';
import { resources } from './resources.ts';

const absentReason = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const most = { groups: 200, populations: 500 };

const codingsOf = (concept: JsonValue | undefined): string[] =>
  isObject(concept) ? listOf(concept.coding).flatMap((one) => (isObject(one) ? (nameOf(one.code) ?? []) : [])) : [];

/** Codes of the measure's arithmetic, not of what is counted. */
const arithmetic = new Set([
  ...['initial-population', 'numerator', 'numerator-exclusion', 'denominator', 'denominator-exclusion'],
  ...['denominator-exception', 'measure-population', 'measure-population-exclusion', 'measure-observation'],
]);

/** Why a value is absent: the extension stands in `_count`, and some write it into `count` itself. */
function absentOf(...holders: (JsonValue | undefined)[]): string | null {
  for (const holder of holders)
    for (const extension of isObject(holder) ? listOf(holder.extension) : [])
      if (isObject(extension) && extension.url === absentReason)
        return (
          textOf(extension.valueCode) ??
          (isObject(extension.valueCode) ? textOf(extension.valueCode.code) : null) ??
          'unknown'
        );
  return null;
}

const known = new Map(
  resources.flatMap(({ total, used, free }) =>
    [total, used, free].flatMap((code) => (code ? [[code.toLowerCase(), code]] : [])),
  ) as [string, string][],
);

/** A measure of one count (`…/numICUBeds|1.0`, `…/SANERnumICUBeds`) names it where the population says no more than that it is one. */
function codeOfMeasure(measure: string | null): string | undefined {
  const name = measure?.replace(/\|.*$/, '').replace(/^.*\//, '').toLowerCase();
  return known.get(name ?? '') ?? known.get(name?.replace(/^saner[-_]?/, '') ?? '');
}

/** Some write counts as texts. */
const wholeOf = (count: JsonValue | undefined): number | null => {
  const number = typeof count === 'string' && /^\d{1,9}$/.test(count) ? Number(count) : count;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 1e9 ? number : null;
};

function countOf(population: JsonObject, code: string): Count {
  const { count } = population;
  const whole = wholeOf(count);
  if (whole !== null) return { code, count: whole, absent: null };
  const absent =
    absentOf(population._count, count) ?? (count === undefined || count === null ? 'unknown' : 'not a count');
  return { code, count: null, absent };
}

/** The counts of one group. `named`: what the measure counts, where its populations are those of its arithmetic alone. */
function countsOf(group: JsonObject, named: string | undefined): Count[] {
  const populations = listOf(group.population).filter(isObject);
  const own = (one: JsonObject) => codingsOf(one.code).find((code) => !arithmetic.has(code));
  const whole =
    codingsOf(group.code)
      .map((code) => known.get(code.toLowerCase()))
      .find(Boolean) ?? named;
  // All beds are the initial population of those that are counted: the measured one is meant, else the only one.
  const measured =
    populations.find((one) => codingsOf(one.code).includes('measure-population')) ??
    (populations.length === 1 && codingsOf(populations[0]?.code).includes('initial-population')
      ? populations[0]
      : undefined);
  const counts = populations.flatMap((one) => {
    const code = own(one) ?? (one === measured ? whole : undefined);
    return code === undefined ? [] : [countOf(one, code)];
  });
  if (counts.length > 0 || whole === undefined || populations.length > 0) return counts;
  const score = group.measureScore;
  const value = isObject(score) && score.unit !== '%' && score.code !== '%' ? wholeOf(score.value) : null;
  return [
    { code: whole, count: value, absent: value === null ? (absentOf(group._measureScore, score) ?? 'unknown') : null },
  ];
}

const isTest = (resource: JsonObject): boolean =>
  isObject(resource.meta) &&
  listOf(resource.meta.security).some((one) => isObject(one) && textOf(one.code) === 'HTEST');

type Aliases = Named['aliases'];

export function readMeasureReport(resource: JsonObject, aliases: Aliases): CountReport | Refusal {
  const status = textOf(resource.status);
  const contained = listOf(resource.contained);
  const key =
    referenceOf(resource.subject, { aliases, contained }) ?? referenceOf(resource.reporter, { aliases, contained });
  if (status === null) return refuse('schema', 'MeasureReport: no status');
  if (key === null) return refuse('schema', 'MeasureReport: neither subject nor reporter');
  const groups = listOf(resource.group).filter(isObject);
  if (groups.length > most.groups) return refuse('too_large', `more than ${most.groups} groups`);
  const populations = groups.reduce((sum, group) => sum + listOf(group.population).length, 0);
  if (populations > most.populations) return refuse('too_large', `more than ${most.populations} counts`);
  const single = groups.length === 1 ? codeOfMeasure(textOf(resource.measure)) : undefined;
  const named = isObject(resource.subject) ? resource.subject : resource.reporter;
  const held = containedIn(named, contained);
  return {
    facilityKey: key,
    facility: (isObject(named) ? textOf(named.display) : null) ?? textOf(held?.name),
    id: nameOf(resource.id),
    measure: textOf(resource.measure),
    status,
    reporter: referenceOf(resource.reporter, { aliases, contained }),
    date: textOf(resource.date),
    periodEnd: isObject(resource.period) ? (textOf(resource.period.end) ?? textOf(resource.period.start)) : null,
    counts: groups.flatMap((group) => countsOf(group, single)),
    position: positionOf(held?.position, named),
    test: isTest(resource),
  };
}

export function readLocation(resource: JsonObject, aliases: Aliases): Place | Refusal {
  const key = keyOf(resource);
  if (key === null) return refuse('schema', 'Location: neither id, identifier nor name');
  const { meta, operationalStatus } = resource;
  const kinds = codingsOf(resource.physicalType);
  return {
    key,
    name: textOf(resource.name),
    status: textOf(resource.status),
    operationalStatus: isObject(operationalStatus)
      ? (textOf(operationalStatus.code) ?? codingsOf(operationalStatus)[0] ?? null)
      : null,
    physicalType: kinds.find((code) => code === 'bd') ?? kinds[0] ?? null,
    position: positionOf(resource.position, resource, resource.address),
    organization: referenceOf(resource.managingOrganization, { aliases, contained: [] }),
    updatedAt: isObject(meta) ? textOf(meta.lastUpdated) : null,
    test: isTest(resource),
  };
}
