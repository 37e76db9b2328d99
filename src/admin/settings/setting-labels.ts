import type { SettingName } from '../../content/site/settings.ts';
import type { MessageKey } from '../../messages/catalogue.ts';

/** In the order of the form. */
export const settingLabels = {
  name: 'newsroomSettings.name',
  tagline: 'newsroomSettings.tagline',
  description: 'newsroomSettings.description',
  copyright: 'newsroomSettings.copyright',
  followUs: 'newsroomSettings.followUs',
  sharePicture: 'newsroomSettings.sharePicture',
  language: 'newsroomSettings.language',
  zone: 'newsroomSettings.zone',
  smartTypography: 'newsroomSettings.smartTypography',
  publicHistory: 'newsroomSettings.publicHistory',
  secondFactorRequired: 'newsroomSettings.secondFactorRequired',
} as const satisfies Record<SettingName, MessageKey>;
