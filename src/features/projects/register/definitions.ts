// What each figure means, in both languages, from the same words that the pages show. A figure without a definition is not shown.
import en from '../../../../locales/en/projects.json' with { type: 'json' };
import zh from '../../../../locales/zh-CN/projects.json' with { type: 'json' };

export const FIGURES = ['totalFen', 'planFen', 'doneFen', 'statFen', 'rateBp', 'timeProgress', 'pointsBp', 'light', 'milestone', 'packages'] as const;

export interface Definition {
  readonly figure: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly textZh: string;
  readonly textEn: string;
  readonly formula: string | null;
}

export function definitions(): Definition[] {
  return FIGURES.map((figure) => {
    const chinese = zh.definition[figure];
    const english = en.definition[figure];
    return { figure, nameZh: chinese.name, nameEn: english.name, textZh: chinese.text, textEn: english.text, formula: 'formula' in chinese ? chinese.formula : null };
  });
}
