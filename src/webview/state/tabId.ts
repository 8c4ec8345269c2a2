/** The details of a layer, from different sides. */
export const tabIds = ['overview', 'channels', 'weights', 'values', 'difference'] as const;
export type TabId = (typeof tabIds)[number];
