// The programme with its measures, as one part of the code.
export { MeasurePage } from './measure.tsx';
export { ProgrammePage } from './programme.tsx';
export { ProjectActionsPage } from './project.tsx';
