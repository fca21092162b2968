// Sentences that the zone keeps for its replies, offered in the dialog of a reply. Whoever keeps them says how they are read when the pages are put together; problems know nobody who does.
export interface Offered {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Of problems of this kind; null: of all. */
  readonly kind: string | null;
}

export const offered: { read: () => Promise<readonly Offered[]> } = { read: () => Promise.resolve([]) };
