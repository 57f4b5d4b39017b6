// Pans the map of the page by pointer events, one a frame, and counts the frames that the map drew. Run it on the real
// map screen by `page.evaluate` after `page.mouse.down()` in the middle of [role="application"]; [x, y] is that middle.
async ([x, y, amplitude, seconds]) => {
  const map = document.querySelector('[role="application"]');
  const before = map.mapFrames();
  const began = performance.now();
  const gaps = [];
  let last = began;
  await new Promise((done) => {
    const step = () => {
      const now = performance.now();
      gaps.push(now - last);
      last = now;
      const at = (now - began) / 1000;
      const place = { clientX: x + Math.sin(at * 2.2) * amplitude, clientY: y + (Math.cos(at * 1.7) * amplitude) / 2 };
      const event = { ...place, pointerId: 1, isPrimary: true, bubbles: true, buttons: 1, button: -1, pointerType: "mouse" };
      document.dispatchEvent(new PointerEvent("pointermove", event));
      if (at < seconds) requestAnimationFrame(step);
      else done();
    };
    requestAnimationFrame(step);
  });
  gaps.sort((a, b) => a - b);
  const took = (performance.now() - began) / 1000;
  return { frames_per_s: (map.mapFrames() - before) / took, gap_p95_ms: gaps[Math.floor(gaps.length * 0.95)], gap_max_ms: gaps.at(-1) };
}
