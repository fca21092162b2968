// The words of a message: a mail as text and as simple HTML, a robot's markdown. Pure; what a value holds can never become markup or a header.
import type { Language, Say, Told } from './told.ts';
import { sentence } from './told.ts';

export interface Letterhead {
  readonly say: Say;
  readonly language: Language;
  readonly zone: string;
  /** Where the site is found; undefined: nobody has said, and there are no links. */
  readonly site: string | undefined;
  /** Whoever has no account has no settings either. */
  readonly account?: boolean;
}

export interface Composed { readonly subject: string; readonly text: string; readonly html: string }

const SUBJECT_LETTERS = 120;

/** One notice, or several by topic. */
export function composeMail(head: Letterhead, notices: readonly Told[]): Composed {
  const { say, language, zone, site, account = true } = head;
  const lines = notices.map((one) => ({ topic: one.topic, text: plain(sentence(say, one, language)), link: linkOf(site, one.href), urgent: one.urgent }));
  const first = lines[0]?.text ?? '';
  const subject = cut(notices.length === 1 ? first : say(language, 'mailing:mail.several', { count: notices.length, first }), SUBJECT_LETTERS);
  const foot = [say(language, 'mailing:mail.foot', { zone }), ...(site === undefined || !account ? [] : [say(language, 'mailing:mail.settings', { link: `${site}/account/notices` })])];
  const groups = notices.length === 1 ? [{ title: '', lines }] : [...new Set(lines.map((one) => one.topic))].map((topic) => ({ title: say(language, `notices:topic.${topic}`), lines: lines.filter((one) => one.topic === topic) }));
  const text = groups.map(({ title, lines: own }) => [...(title === '' ? [] : [title]), ...own.map((one) => [notices.length === 1 ? one.text : `- ${one.text}`, one.link].filter((part) => part !== '').join('\n  '))].join('\n')).join('\n\n');
  const html = groups.map(({ title, lines: own }) => `${title === '' ? '' : `<h3>${escape(title)}</h3>`}${own.map((one) => `<p>${escape(one.text)}${one.link === '' ? '' : `<br><a href="${escape(one.link)}">${escape(say(language, 'mailing:mail.open'))}</a>`}</p>`).join('')}`).join('');
  return {
    subject, text: `${text}\n\n-- \n${foot.join('\n')}\n`,
    html: `<!doctype html><html lang="${language}"><body style="font-family:sans-serif;font-size:15px;line-height:1.6;max-width:640px">${html}<hr><p style="color:#666;font-size:13px">${foot.map(escape).join('<br>')}</p></body></html>`,
  };
}

/** A robot's message that never has more bytes than the robot takes: what does not fit is told as a number. */
export function composeMarkdown(head: Letterhead, notices: readonly Told[], most: number): { readonly title: string; readonly text: string } {
  const { say, language, zone, site } = head;
  const title = notices.length === 1 ? zone : say(language, 'mailing:mail.number', { count: notices.length, zone });
  const lines = notices.map((one) => {
    const link = linkOf(site, one.href);
    return `> ${harmless(sentence(say, one, language))}${link === '' ? '' : ` [${say(language, 'mailing:mail.open')}](${link})`}`;
  });
  const head1 = `**${harmless(title)}**`;
  const more = (count: number): string => (count === 0 ? '' : `\n\n${say(language, 'mailing:mail.more', { count })}`);
  let shown = lines.slice(0, ROBOT_LINES);
  let text = [head1, ...shown].join('\n\n') + more(lines.length - shown.length);
  while (Buffer.byteLength(text) > most && shown.length > 0) {
    shown = shown.slice(0, -1);
    text = [head1, ...shown].join('\n\n') + more(lines.length - shown.length);
  }
  return { title, text };
}

/** More than a screen of lines nobody reads in a chat. */
const ROBOT_LINES = 10;

export function linkOf(site: string | undefined, href: string): string {
  return site === undefined ? '' : `${site}${href}`;
}

/** On one line: a line break in a subject would be another header. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

function cut(text: string, letters: number): string {
  const all = [...text];
  return all.length <= letters ? text : `${all.slice(0, letters - 1).join('')}…`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Signs that markdown reads become their wide brothers, which it does not. */
function harmless(text: string): string {
  return plain(text).replace(/[<>[\]()*_`#@~|\\]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
}
