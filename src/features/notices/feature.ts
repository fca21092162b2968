// 消息: what people are told, in the application and outside of it. Later features tell (tell.ts); this one knows none of them.
import { feature } from '../../platform/feature.ts';
import { addressCommands, bindAddressLinks } from './addresses/feature.ts';
import { mailCommands, mailQueries } from './channels/mailing.ts';
import { receiverCommands, receiverQueries } from './channels/receivers.ts';
import { outboxCommands, outboxQueries } from './delivery/outbox.ts';
import { inboxCommands, inboxQueries } from './inbox/feature.ts';
import { preferenceCommands, preferenceQueries } from './preferences/feature.ts';

bindAddressLinks();

export const notices = feature('notices', {
  permissions: ['notices.manage'],
  queries: [...inboxQueries, ...preferenceQueries, ...mailQueries, ...receiverQueries, ...outboxQueries],
  commands: [...inboxCommands, ...preferenceCommands, ...addressCommands, ...mailCommands, ...receiverCommands, ...outboxCommands],
});
