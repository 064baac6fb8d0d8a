// A page that waits for its reader: all of it works as it came, and the framework's script, which only makes it answer
// sooner, is fetched with the first touch, key or move of the pointer. What was typed by then stays (app/[lang]/(donor)/_give).
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'focusin', 'input'];
const how = { capture: true, passive: true };
const tag = document.querySelector('script[data-wakes]');

const wake = (event) => {
  // A page that comes to lie under a pointer at rest is told so as if the pointer had moved.
  if (event?.type === 'pointermove' && event.movementX === 0 && event.movementY === 0) return;
  for (const sign of SIGNS) removeEventListener(sign, wake, how);
  removeEventListener('pageshow', look);
  for (const src of tag.dataset.wakes.split(' ')) {
    const script = document.createElement('script');
    script.src = src;
    script.async = true;
    script.nonce = tag.nonce;
    document.head.append(script);
  }
};

/** Somebody was faster than this file, or the browser put back what was typed before. */
const begun = () =>
  document.activeElement !== document.body ||
  [...document.querySelectorAll('main input')].some(
    (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked,
  );

const look = () => {
  if (begun()) wake();
};

for (const sign of SIGNS) addEventListener(sign, wake, how);
addEventListener('pageshow', look, { once: true });
