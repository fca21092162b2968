// antd in the look of this product, for the few heavy inputs that a page may need (Tree, Upload, TreeSelect). Lazy: a page that
// uses antd wraps itself in `<Antd>`; the frame and the parts never import antd.
import type { ThemeConfig } from 'antd';

export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0f5e73',
    colorInfo: '#0f5e73',
    colorLink: '#0f5e73',
    colorSuccess: '#2f855a',
    colorWarning: '#b7791f',
    colorError: '#c53030',
    colorText: '#1f2933',
    colorTextSecondary: '#5b6770',
    colorTextTertiary: '#646e77',
    colorBorder: '#d3d0c7',
    colorBorderSecondary: '#e6e4de',
    colorBgLayout: '#fafaf7',
    colorBgContainer: '#ffffff',
    borderRadius: 6,
    borderRadiusLG: 8,
    controlHeight: 34,
    fontSize: 14,
    lineHeight: 1.7,
    fontFamily: '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif',
    boxShadow: '0 1px 2px rgb(31 41 51 / 4%), 0 8px 28px rgb(31 41 51 / 12%)',
    boxShadowSecondary: '0 1px 2px rgb(31 41 51 / 4%), 0 8px 28px rgb(31 41 51 / 12%)',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
    wireframe: false,
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Tree: { nodeSelectedBg: '#e7f0f2', nodeHoverBg: '#f5f8f7' },
    Select: { optionSelectedBg: '#e7f0f2' },
    DatePicker: { cellHeight: 28 },
  },
};
