// What the client prints, wherever its Worker runs.
export const LINES = [
  'the clock says 21000',
  'asleep: 1',
  'the sleep ended: never mind',
  'asleep: 0',
  'the bell holds 4, then 1',
];
