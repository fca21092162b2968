import { describe, expect, it } from 'vitest';
import { passwordFault } from './passwords.ts';

describe('a password', () => {
  it.each(['Passw0rd1234', 'password2023', 'qwertyuiop', '1qaz2wsx3edc', 'woaini1314', 'Woaini5201314', 'jiyuan2023!', 'Yugong-2024', '13812345678', 'aaaaaaaaaa1', 'abcabcabcabc', '9876543210', 'P@ssw0rd@2024', 'admin@12345', 'ABCDEFGHIJK', '１２３４５６７８９０１'])('%s is refused as common', (password) => {
    expect(passwordFault(password, 'zhangsan')).toBe('common');
  });

  it.each(['correct horse battery', '愚公移山铺路架桥不止', 'kd8-3Fwq-zz1p', 'tree lamp 77 boat', 'mbjy-7x9k-pqrd-uw4z'])('%s is accepted', (password) => {
    expect(passwordFault(password, 'zhangsan')).toBeUndefined();
  });

  it('needs ten characters, counted as people count them', () => {
    expect(passwordFault('kd8-3Fwqz', 'zhangsan')).toBe('short');
    expect(passwordFault('愚公移山之志不可夺', 'zhangsan')).toBe('short');
    expect(passwordFault('x'.repeat(201), 'zhangsan')).toBe('long');
  });

  it('must not be the login with a few signs around it', () => {
    expect(passwordFault('zhangsanfeng', 'zhangsanfeng')).toBe('login');
    expect(passwordFault('Zhangsanfeng1!', 'zhangsanfeng')).toBe('login');
    expect(passwordFault('zhangsanfeng climbs hills', 'zhangsanfeng')).toBeUndefined();
  });
});
