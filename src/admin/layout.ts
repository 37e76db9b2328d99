import type { Settings } from '../content/site/settings.ts';
import type { Context } from '../context.ts';
import type { Messages } from '../messages/messages.ts';
import type { Editor } from '../storage/newsroom/editors.ts';
import * as urls from '../urls.ts';
import { siteSections } from './sections.ts';

/** The data that every page of the admin needs in addition to its own. */
export function layout({ assets, languages }: Context, { name, language }: Settings, editor: Editor | undefined): object {
  const messages = languages.for(language);
  return {
    messages,
    scriptMessages: scriptMessages(messages),
    siteName: name,
    siteLanguage: language,
    signedIn: editor,
    siteSections: editor ? siteSections(editor, messages) : [],
    paths: {
      ...urls.admin,
      admin: urls.adminPath,
      front: urls.frontPath,
      icon: urls.iconPath('icon.svg'),
      style: urls.assetPath(assets.adminStyle.name),
      script: urls.assetPath(assets.adminScript.name),
    },
  };
}

const memoized = new WeakMap<Messages, string>();

/** JSON for a `<script>` element: without `<`, which could end the element. */
function scriptMessages(messages: Messages): string {
  const json = memoized.get(messages) ?? JSON.stringify(messages.source('scripts')).replaceAll('<', '\\u003c');
  memoized.set(messages, json);
  return json;
}
