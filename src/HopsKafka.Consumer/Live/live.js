"use strict";

const at = id => document.getElementById(id);
const number = n => Math.round(n).toLocaleString("en");
let drawn = -1;

function show(state) {
  document.title = at("title").textContent = state.title;
  at("events").textContent = number(state.events);
  at("rate").textContent = number(state.rate);
  at("partitions").replaceChildren(...state.partitions.map(p => {
    const span = document.createElement("span");
    span.textContent = `partition ${p.partition}: ${number(p.events)}`;
    return span;
  }));
  at("news").textContent = "";
  // A picture that is still on its way is waited for: asking for the next one would drop it.
  if (state.drawn !== drawn && at("picture").complete) {
    drawn = state.drawn;
    at("picture").src = `/picture.png?${drawn}`;
    at("picture").alt = state.sensors.map(s => `${s.id}: ${s.last} (${number(s.events)} events)`).join("; ") || "no events yet";
  }
}

async function refresh() {
  try {
    const answer = await fetch("/state", { cache: "no-store" });
    show(await answer.json());
  } catch {
    at("news").textContent = "The consumer does not answer: it has ended, or is busy. This is its last picture.";
  }
  setTimeout(refresh, 500);
}

refresh();
