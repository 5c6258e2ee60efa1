/** An address without what may be a password or a key: fit for a page, a log and the quarantine. */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return '—';
  const url = new URL(text);
  return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : decodePath(url.pathname)}${url.search ? '?…' : ''}`;
}

const decodePath = (path: string): string => {
  try {
    return decodeURI(path);
  } catch {
    return path; // a percent sign that stands for itself
  }
};
