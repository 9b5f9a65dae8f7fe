// What has data in a view: the years and tiers of an indicator, none of them for what is not from a plan.

/** The years of an indicator with their tiers; undefined where it has no data. A reader's own table is always hers. */
export const yearsOf = (data, indicator) => data.choices[indicator] || (indicator.startsWith("table:") ? {} : undefined);

/** Whether a year lies in a period such as "2021-2025"; without one every year does. */
export function insidePeriod(period, year) {
  const [first, last] = (period || "").split("-").map(Number);
  return !period || (first <= Number(year) && Number(year) <= last);
}
