// What a bench file imports.
export { type Area, area, type Comparison, type Rival, type Row, type Sample, type Suite } from './suite.ts';
