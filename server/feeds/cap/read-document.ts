import { childrenNamed, parseXmlText, textOf, type XmlElement } from '../parse-xml.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { CapAlert, CapDocument, CapEntry } from './message.ts';
import { capVersionOf, readAlert } from './read-alert.ts';

const atom = 'http://www.w3.org/2005/Atom';
const edxl = /^urn:oasis:names:tc:emergency:EDXL:DE:/;
const mostAlerts = 5_000;
const mostEntries = 5_000;

const formOf = (root: XmlElement): CapDocument['form'] => {
  if (root.name === 'alert') return 'alert';
  if (root.name === 'EDXLDistribution' && edxl.test(root.namespace ?? '')) return 'edxl-de';
  if (root.name === 'feed' && root.namespace === atom) return 'atom';
  return root.name === 'rss' || root.name === 'RDF' ? 'rss' : 'wrapper';
};

/** Reads whatever carries alerts. A lone alert that is wrong is a refusal; inside a carrier one wrong alert does not take the others along. */
export function readDocument(root: XmlElement): CapDocument | Refusal {
  const form = formOf(root);
  if (form === 'alert') {
    const alert = readAlert(root);
    return isRefusal(alert) ? alert : { form, alerts: [alert], entries: [], unreadable: [] };
  }
  const gathered: Gathered = { alerts: [], refused: [] };
  gather(root, gathered);
  if (form === 'wrapper' && gathered.alerts.length + gathered.refused.length === 0)
    return refuse('not_protocol', `root element ${root.name.slice(0, 80)} in ${root.namespace ?? 'no namespace'}`);
  const entryElements = entriesOf(root, form);
  if (gathered.alerts.length + gathered.refused.length > mostAlerts || entryElements.length > mostEntries)
    return refuse('too_large', `more than ${mostAlerts} alerts or entries in one document`);
  const unreadable = [...gathered.refused, ...(form === 'atom' ? atomFaults(root, entryElements) : [])];
  return { form, alerts: gathered.alerts, entries: entryElements.map(readEntry), unreadable };
}

type Gathered = { alerts: CapAlert[]; refused: Refusal[] };

const add = (gathered: Gathered, alert: CapAlert | Refusal) =>
  isRefusal(alert) ? gathered.refused.push(alert) : gathered.alerts.push(alert);

/** Alerts at any depth: EDXL-DE wraps them twice, feeds put them into content, and some beside the entries. */
function gather(element: XmlElement, into: Gathered): void {
  for (const child of element.children) {
    if (capVersionOf(child)) add(into, readAlert(child));
    else if (child.children.length > 0) gather(child, into);
    else escapedAlert(child.text, into);
  }
}

/** An alert as escaped text or CDATA inside content or description: one more document, read under the same limits, once. */
function escapedAlert(text: string, into: Gathered): void {
  if (!/^\s*<(\?xml\s|!--|([\w.-]+:)?alert[\s>])/.test(text) || !/<([\w.-]+:)?alert[\s>]/.test(text)) return;
  const root = parseXmlText(text.trim(), () => null);
  if (isRefusal(root)) into.refused.push(root);
  else if (root.name === 'alert') add(into, readAlert(root));
}

const entriesOf = (root: XmlElement, form: CapDocument['form']): XmlElement[] => {
  if (form === 'atom') return childrenNamed(root, 'entry');
  if (form === 'rss')
    return [root, ...childrenNamed(root, 'channel')].flatMap((parent) => childrenLoosely(parent, 'item'));
  return [];
};

/** RSS comes with and without namespaces; only the names are steady. */
const childrenLoosely = (parent: XmlElement, name: string) => parent.children.filter((child) => child.name === name);

function readEntry(element: XmlElement): CapEntry {
  const inside: Gathered = { alerts: [], refused: [] };
  gather(element, inside);
  const links = childrenNamed(element, 'link').flatMap((link) => {
    const href = (link.attributes.get('href') ?? link.text).trim();
    return href === ''
      ? []
      : [{ href, rel: link.attributes.get('rel') ?? null, type: link.attributes.get('type') ?? null }];
  });
  return {
    id: textOf(element, 'id') ?? textOf(element, 'guid'),
    title: textOf(element, 'title'),
    updated: textOf(element, 'updated') ?? textOf(element, 'pubDate'),
    links,
    alerts: inside.alerts.length,
  };
}

/** RFC 4287 §4.1.1 and §4.1.2: what a feed and each entry must have; without a link or content an entry leads nowhere. */
function atomFaults(feed: XmlElement, entries: readonly XmlElement[]): Refusal[] {
  const lacking = (element: XmlElement, name: string) => childrenNamed(element, name).length === 0;
  const required = ['id', 'title', 'updated'];
  const ofFeed = required.filter((name) => lacking(feed, name));
  const faults = ofFeed.length > 0 ? [refuse('schema', `feed without ${ofFeed.join(', ')}`)] : [];
  for (const [index, entry] of entries.entries()) {
    const missing = required.filter((name) => lacking(entry, name));
    const content = childrenNamed(entry, 'content')[0];
    const empty =
      !content || (content.children.length === 0 && content.text.trim() === '' && !content.attributes.has('src'));
    if (empty && lacking(entry, 'link') && !entry.children.some((child) => child.name === 'alert'))
      missing.push('link or content');
    if (missing.length > 0) faults.push(refuse('schema', `entry ${index + 1} without ${missing.join(', ')}`));
  }
  return faults;
}
