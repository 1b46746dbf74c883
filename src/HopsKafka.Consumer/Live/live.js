"use strict";

const at = id => document.getElementById(id);
const number = n => Math.round(n).toLocaleString("en");
// As in the style sheet: a wide picture would be unreadable on a phone.
const narrow = matchMedia("(max-width: 640px)");
let drawn = "";

function show(state) {
  document.title = at("title").textContent = state.title;
  at("member").textContent = state.member && `member ${state.member}`;
  at("events").textContent = number(state.events);
  at("rate").textContent = number(state.rate);
  at("partitions").replaceChildren(...state.partitions.map(p => {
    const span = document.createElement("span");
    span.textContent = `partition ${p.partition}: ${number(p.events)}${p.revoked ? " (revoked)" : ""}`;
    return span;
  }));
  at("news").textContent = "";
  // A picture that is still on its way is waited for: asking for the next one would drop it.
  const next = `${narrow.matches ? "narrow" : "picture"}.png?${state.drawn}`;
  if (next !== drawn && at("picture").complete) {
    at("picture").src = drawn = next;
    at("picture").alt = state.sensors.map(s => `${s.id}: ${s.last} (${number(s.events)} events)`).join("; ") || "no events yet";
  }
}

async function refresh() {
  try {
    const answer = await fetch("state", { cache: "no-store" });
    show(await answer.json());
  } catch {
    at("news").textContent = "The consumer does not answer: it has ended, or is busy. This is its last picture.";
  }
  setTimeout(refresh, 500);
}

refresh();
