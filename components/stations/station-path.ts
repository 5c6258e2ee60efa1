/** A station's page; its id is `<scheme>/<key>`, and keys hold anything. */
export const stationPath = (id: string): string => `/stations/${encodeURIComponent(id)}`;
