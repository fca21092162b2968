// Where a value of an item stands that can be looked up in the law: `statutory.0`, `outside.1`, `validity`, `tracks.enterprise`.
export const PLACE = '^((statutory|promised|outside)\\.[0-9]|validity|tracks\\.(enterprise|government))$';
