/** Where a source may publish on the broker of this server. */
export const topicRoot = 'one-network';
export const ownTopics = (feedId: string): string => `${topicRoot}/${feedId}/#`;

/** Whether a topic filter (MQTT 5.0 §4.7) takes this topic. Wildcards do not match topics that begin with "$". */
export function filterMatches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  if (topic.startsWith('$') && /^[#+]/.test(filter)) return false;
  for (const [at, level] of wanted.entries()) {
    if (level === '#') return at === wanted.length - 1;
    if (at >= levels.length || (level !== '+' && level !== levels[at])) return false;
  }
  return wanted.length === levels.length;
}

/** Wildcards stand for whole levels, "#" for the last ones. */
export const isFilter = (filter: string): boolean =>
  filter.length > 0 &&
  !filter.includes('\u0000') &&
  filter.split('/').every((level, at, all) => {
    if (level === '#') return at === all.length - 1;
    return level === '+' || !/[#+]/.test(level);
  });
