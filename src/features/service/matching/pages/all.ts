// The four matchings, as one part of the code: each further part would be named in what every page begins with.
export { DealsPage } from './deals.tsx';
export { FairPage } from './fair.tsx';
export { FairsPage } from './fairs.tsx';
export { ListingPage } from './listing.tsx';
export { MatchingPage } from './matching.tsx';
