// Confirming an address of e-mail by the link of a letter, without an account.
import Type from 'typebox';
import { commandContract } from '../../../kernel/contract.ts';
import { closed, Nothing } from '../../people/fields.ts';

const Token = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

/** Whoever holds the letter. May be done again. */
export const confirmAddress = commandContract('notices.confirm_address', { input: Type.Object({ token: Token }, closed), output: Type.Object({ confirmed: Type.Boolean() }, closed) });

/** The letter for one's own address once more. */
export const askAddress = commandContract('notices.ask_address', { input: Nothing, output: Type.Object({ asked: Type.Boolean() }, closed) });
