// What is asked again after something was done to a problem.
export const TOUCHES = ['problems.', 'projects.today', 'projects.beside'];
