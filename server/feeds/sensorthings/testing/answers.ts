/** Answers of a server of our own, as §9.3 of the standard has them. */
const base = 'https://sta.example.org/v1.1';

export const bare = {
  '@iot.id': 71,
  '@iot.selfLink': `${base}/Observations(71)`,
  'Datastream@iot.navigationLink': `${base}/Observations(71)/Datastream`,
  phenomenonTime: '2026-06-14T23:50:00Z',
  resultTime: null,
  result: 28.4,
};

export const location = { type: 'Point', coordinates: [118.79, 32.05] };

export const stream = {
  '@iot.id': 5,
  '@iot.selfLink': `${base}/Datastreams(5)`,
  name: 'Air temperature at Gulou',
  unitOfMeasurement: { name: 'degree Celsius', symbol: '°C', definition: 'ucum:Cel' },
  ObservedProperty: { '@iot.id': 2, name: 'airTemperature', definition: 'http://example.org/air_temperature' },
  'Thing@iot.navigationLink': `${base}/Datastreams(5)/Thing`,
  'Observations@iot.navigationLink': `${base}/Datastreams(5)/Observations`,
};

export const thing = {
  '@iot.id': 1,
  name: 'Station Gulou',
  Locations: [{ '@iot.id': 3, encodingType: 'application/geo+json', location }],
};

export const collection = { '@iot.nextLink': `${base}/Datastreams(5)/Observations?$top=1&$skip=1`, value: [bare] };
export const expandedObservation = { ...bare, Datastream: { ...stream, Thing: thing } };
export const expandedStream = { ...stream, Thing: thing, Observations: [bare] };
export const expandedThing = { ...thing, Datastreams: [{ ...stream, Observations: [bare] }] };
export const dataArrays = [
  {
    Datastream: { '@iot.id': 5 },
    components: ['phenomenonTime', 'result', 'FeatureOfInterest/id'],
    'dataArray@iot.count': 2,
    dataArray: [
      ['2026-06-14T23:50:00Z', 28.4, 1],
      ['2026-06-14T23:55:00Z', 28.6, 1],
    ],
  },
];
export const multi = {
  '@iot.id': 9,
  name: 'Wind at Gulou',
  unitOfMeasurements: [{ symbol: 'km/h' }, { symbol: 'deg' }],
  ObservedProperties: [{ name: 'windSpeed' }, { name: 'windDirection' }],
  Observations: [{ '@iot.id': 1, phenomenonTime: '2026-06-14T23:40:00Z/2026-06-14T23:50:00Z', result: [36, 270] }],
};
