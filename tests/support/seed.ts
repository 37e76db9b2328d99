/** The original page that the site was modelled on: its article and its “More on theme” list. */
export const seedArticle = {
  title: 'White Helmets Stand As Neutral Rescuers Amidst Rising Sectarian Violence in Syria',
  path: '/articles/white-helmets-stand-as-neutral-rescuers-amidst-rising-sectarian-violence-in-syria',
  publishedAt: '2025-03-23T17:55:14+02:00',
  copyright: '© 2024 SwissX REDD UK ltd. All Rights Reserved.',
};

export const seedList: [publishedAt: string, title: string][] = [
  ['2025-03-23T12:20:25Z', 'Gaza Conflict Claims Over 50,000 Lives, Reports Hamas Health Ministry'],
  ['2025-03-23T10:13:23Z', 'Heathrow Airport Fire Sparks Investigation into Infrastructure Failures'],
  ['2025-03-23T02:36:20Z', 'Trump Revokes Security Clearances for Harris, Clinton, and Critics'],
  ['2025-03-23T01:58:56Z', 'Boxing Legend George Foreman Passes Away at 76'],
  ['2025-03-23T00:50:16Z', "Searching for the Disappeared: The Women of Balochistan's Heartbreaking Vigil"],
  ['2025-03-22T17:17:35Z', 'Impact of Presidential Palace Recapture on Sudan’s Ongoing Conflict'],
  ['2025-03-22T10:27:14Z', "Israel's Defense Minister Orders Expansion of Military Operations in Gaza"],
  ['2025-03-22T08:39:22Z', 'White Helmets Continue Humanitarian Efforts Amid Rising Violence in Syria'],
  ['2025-03-22T05:25:00Z', 'Heathrow Resumes Operations After Disruptive Fire, Travel Chaos Continues'],
  ['2025-03-22T05:23:17Z', "The Struggle for Control: A Sniper's View from Sudan's Civil War"],
  ['2025-03-22T04:48:25Z', "A Sniper’s Perspective: Conflict in Sudan's Capital"],
  ['2025-03-22T02:40:43Z', 'George Foreman, Boxing Icon and Cultural Phenomenon, Dies at 76'],
  ['2025-03-21T22:50:47Z', "Impact of Presidential Palace Recapture on Sudan's Ongoing War: A Critical Analysis"],
  ['2025-03-21T21:12:25Z', 'Heathrow Airport Reopens After Significant Fire Disrupts Operations'],
  ['2025-03-21T20:36:01Z', 'Heathrow Airport Closure Due to Fire: Causes and Implications'],
  ['2025-03-21T16:24:30Z', 'Heathrow Airport Chaos Sparks Concerns Over Infrastructure and Security'],
  ['2025-03-21T11:53:10Z', 'Escalating Conflict: Israel Intensifies Pressure on Hamas Amid Hostage Negotiations'],
  ['2025-03-21T07:23:55Z', 'Sudan Army Gains Ground: Presidential Palace Reclaimed After Two Years of Conflict'],
  ['2025-03-21T04:10:35Z', 'Climactic Struggles in Khartoum: Military Presses Toward Power Center Amid Civil War'],
  ['2025-03-20T18:49:45Z', 'Nicola Sturgeon Exonerated in SNP Finance Investigation'],
];
