"use strict";
// The progress of long work: asks every second, and loads the page anew when the work has ended.
for (const card of document.querySelectorAll("[data-job][data-state=running]")) {
  const bar = card.querySelector("progress");
  const step = card.querySelector("[data-step]");
  const ask = async () => {
    try {
      const answer = await fetch(`/api/jobs/${card.dataset.job}`, {headers: {Accept: "application/json"}});
      if (!answer.ok) { location.reload(); return; }
      const job = await answer.json();
      if (job.state !== "running") { location.reload(); return; }
      const said = job.of ? `${job.step}（${job.done}/${job.of}）` : job.step;
      if (step.textContent !== said) step.textContent = said;
      if (job.of) { bar.max = job.of; bar.value = job.done; } else { bar.removeAttribute("value"); }
    } catch { /* the server is away for a moment: the next second asks again */ }
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 700);
}
