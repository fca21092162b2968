// The table of contents: every feature, in the order in which one may build on another.
import type { Feature } from './platform/feature.ts';
import { uploads } from './platform/upload.ts';
import { lifecycle } from './features/projects/lifecycle/feature.ts';
import { warnings } from './features/projects/warnings/feature.ts';
import { portfolio } from './features/projects/portfolio/feature.ts';

export const features: readonly Feature[] = [
  uploads,
  lifecycle,
  warnings,
  portfolio,
];
