// Google Docs wraps links: https://www.google.com/url?q=https%3A%2F%2Fnews.example%2F&sa=D
const unwrapGoogleLink = (address) => {
  const [, wrapped] = /^https?:\/\/(?:www\.)?google\.com\/url\?(?:[^#]*&)?q=([^&#]+)/i.exec(address) ?? [];
  if (wrapped === undefined) return address;
  try {
    const target = decodeURIComponent(wrapped);
    return /^https?:\/\/\S+$/i.test(target) ? target : address;
  } catch {
    return address;
  }
};

const trackingParameter = /^(?:utm_\w+|fbclid|gclid|gbraid|wbraid|msclkid|mc_cid|mc_eid|igshid)(?:=|$)/i;

// The address of a pasted link, without parameters that only tell who shared it. The rest is not encoded again, so it stays the same.
// oxlint-disable-next-line no-unused-vars -- Other scripts use it.
const cleanAddress = (pasted) => {
  const [, start, query, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(unwrapGoogleLink(pasted));
  if (query === undefined) return start + fragment;
  const parameters = query.split('&');
  const kept = parameters.filter((parameter) => !trackingParameter.test(parameter));
  return start + (kept.length > 0 ? `?${kept.join('&')}` : '') + fragment;
};
