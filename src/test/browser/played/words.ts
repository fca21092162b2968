// What is asked for in the week: the words by which people on different days find it again.

export interface Asked { readonly id: string; readonly number: string }

/** By telephone on Monday. */
export const CALL = '厂区外供电线路没有接通，桩机不能开工';
/** From the site on Tuesday. */
export const ON_SITE = '北侧10千伏线路没有迁改，塔吊不能进场';
