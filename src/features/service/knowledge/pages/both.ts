// Answers, as one part of the code.
export { AnswerPage } from './answer.tsx';
export { AnswersPage } from './answers.tsx';
