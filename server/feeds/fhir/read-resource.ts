import type { JsonValue } from '../read-json.ts';
import { isObject, type JsonObject, nameOf, textOf } from '../read-json-document.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Count, CountReport, Place } from './message.ts';
import { resources } from './resources.ts';

const absentReason = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const most = { groups: 200, populations: 500 };

const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);
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

/** A measure of one count (`…/numICUBeds|1.0`) names it where the population says no more than that it is one. */
function codeOfMeasure(measure: string | null): string | undefined {
  const name = measure?.replace(/\|.*$/, '').replace(/^.*\//, '').toLowerCase();
  return resources.flatMap(({ total, used, free }) => [total, used, free]).find((code) => code?.toLowerCase() === name);
}

const counting = new Set(['measure-population', 'initial-population']);

function countOf(population: JsonValue, named: string | undefined): Count | null {
  if (!isObject(population)) return null;
  const codes = codingsOf(population.code);
  const own = codes.find((one) => !arithmetic.has(one));
  const code = own ?? (codes.some((one) => counting.has(one)) ? named : undefined);
  if (code === undefined) return null;
  const { count } = population;
  const whole = typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= 1e9 ? count : null;
  if (whole !== null) return { code, count: whole, absent: null };
  const absent =
    absentOf(population._count, count) ?? (count === undefined || count === null ? 'unknown' : 'not a count');
  return { code, count: null, absent };
}

const isTest = (resource: JsonObject): boolean =>
  isObject(resource.meta) &&
  listOf(resource.meta.security).some((one) => isObject(one) && textOf(one.code) === 'HTEST');

function referenceOf(reference: JsonValue | undefined): string | null {
  if (!isObject(reference)) return null;
  const path = textOf(reference.reference);
  if (path !== null) return path.replace(/^https?:\/\/.*\/([A-Z]\w+\/[^/]+)$/, '$1').slice(0, 256);
  const { identifier } = reference;
  const value = isObject(identifier) ? nameOf(identifier.value) : null;
  return value === null ? null : `${(isObject(identifier) && textOf(identifier.system)) || ''}|${value}`.slice(0, 256);
}

export function readMeasureReport(resource: JsonObject): CountReport | Refusal {
  const status = textOf(resource.status);
  const key = referenceOf(resource.subject) ?? referenceOf(resource.reporter);
  if (status === null) return refuse('schema', 'MeasureReport: no status');
  if (key === null) return refuse('schema', 'MeasureReport: neither subject nor reporter');
  const groups = listOf(resource.group);
  if (groups.length > most.groups) return refuse('too_large', `more than ${most.groups} groups`);
  const populations = groups.flatMap((group) => (isObject(group) ? listOf(group.population) : []));
  if (populations.length > most.populations) return refuse('too_large', `more than ${most.populations} counts`);
  const single = populations.length === 1 ? codeOfMeasure(textOf(resource.measure)) : undefined;
  const named = isObject(resource.subject) ? resource.subject : resource.reporter;
  return {
    facilityKey: key,
    facility: isObject(named) ? textOf(named.display) : null,
    id: nameOf(resource.id),
    measure: textOf(resource.measure),
    status,
    reporter: referenceOf(resource.reporter),
    date: textOf(resource.date),
    periodEnd: isObject(resource.period) ? (textOf(resource.period.end) ?? textOf(resource.period.start)) : null,
    counts: populations.flatMap((one) => countOf(one, single) ?? []),
    test: isTest(resource),
  };
}

export function readLocation(resource: JsonObject): Place | Refusal {
  const id = nameOf(resource.id);
  const name = textOf(resource.name);
  if (id === null && name === null) return refuse('schema', 'Location: neither id nor name');
  const position = isObject(resource.position) ? resource.position : {};
  const degrees = (value: JsonValue | undefined) => (typeof value === 'number' ? value : null);
  const { meta, operationalStatus } = resource;
  return {
    key: `Location/${id ?? name}`.slice(0, 256),
    name,
    status: textOf(resource.status),
    operationalStatus: isObject(operationalStatus) ? textOf(operationalStatus.code) : null,
    physicalType: codingsOf(resource.physicalType)[0] ?? null,
    longitude: degrees(position.longitude),
    latitude: degrees(position.latitude),
    organization: referenceOf(resource.managingOrganization),
    updatedAt: isObject(meta) ? textOf(meta.lastUpdated) : null,
    test: isTest(resource),
  };
}
