// Makes the pages nicer; each of them works without. Nothing here sends anything but the forms that are in the page.
const one = (selector, inside = document) => inside.querySelector(selector);
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const say = (text, where = one("[data-done]")) => { where.textContent = text; };

// ---- Personal data: the rules of service/privacy.py, tested on the same examples ----
const EMAIL = /[\p{L}\p{N}_.+-]+@[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+/gu;
const LONG_NUMBER = /\p{Nd}(?:[ -]?\p{Nd}){10,18}[\p{Nd}Xx]?(?![\p{Nd}A-Za-z])/gu;
const MARKS = { id: "身份证号", card: "银行卡号", phone: "手机号", email: "邮箱", number: "号码" };
const PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91";

function isIdentity(number) {
  if (!/^\d{17}[\dX]$/.test(number) || !PROVINCES.split(" ").includes(number.slice(0, 2))) return false;
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
  const born = new Date(Date.UTC(year, month - 1, day));
  const sum = [...number].reduce((total, digit, at) => total + (digit === "X" ? 10 : +digit) * (2 ** (17 - at) % 11), 0);
  return born.getUTCMonth() === month - 1 && born.getUTCDate() === day && sum % 11 === 1;
}

function isLuhn(number) {
  const sum = [...number].reverse().reduce((total, digit, at) => {
    const value = +digit * (at % 2 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function kindOf(written) {
  const number = written.normalize("NFKC").replace(/[ -]/g, "").toUpperCase();
  if (number.length === 18 && isIdentity(number)) return "id";
  if (/^(?:86)?1[3-9]\d{9}$/.test(number)) return "phone";
  if (/^(?:106|400|95|123|96)/.test(number)) return null;
  if (/^\d{16,19}$/.test(number)) return isLuhn(number) ? "card" : "number";
  return number.length >= 15 ? "number" : null;
}

function findPersonal(text) {
  const found = [...text.matchAll(EMAIL)].map((m) => ({ kind: "email", start: m.index, end: m.index + m[0].length }));
  LONG_NUMBER.lastIndex = 0;
  for (let m = LONG_NUMBER.exec(text); m; m = LONG_NUMBER.exec(text)) {
    // Older phones know no look-behind: a number that continues something is tried again one character on.
    if (/[\p{Nd}A-Za-z]$/u.test(text.slice(Math.max(0, m.index - 2), m.index))) {
      LONG_NUMBER.lastIndex = m.index + 1;
    } else {
      const kind = kindOf(m[0]);
      if (kind) found.push({ kind, start: m.index, end: m.index + m[0].length });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function masked(text) {
  let out = "";
  let at = 0;
  for (const piece of findPersonal(text)) {
    if (piece.start >= at) {
      out += `${text.slice(at, piece.start)}【${MARKS[piece.kind]}】`;
      at = piece.end;
    }
  }
  return out + text.slice(at);
}

// ---- Asking ----
const LONGEST = 2000;

function asking(form) {
  const box = one("textarea", form);
  const found = one("[data-found]", form);
  const button = one(".main", form);
  const look = () => {
    const counts = new Map();
    for (const { kind } of findPersonal(box.value)) counts.set(kind, (counts.get(kind) || 0) + 1);
    const parts = [...counts].map(([kind, n]) => `${n} 个${MARKS[kind]}`);
    const length = masked(box.value.trim()).length;
    const lines = [];
    if (parts.length) lines.push(`看到 ${parts.join("、")}，发出前会在这部手机上换成【】，不会发出去。`);
    if (length > LONGEST) lines.push(`多了 ${length - LONGEST} 字，请删到 ${LONGEST} 字以内。`);
    const text = lines.join("");
    if (found.textContent !== text) found.textContent = text;
    return length <= LONGEST;
  };
  const mask = () => { if (masked(box.value) !== box.value) box.value = masked(box.value); };
  box.addEventListener("input", look);
  form.addEventListener("submit", (event) => {
    if (!look()) {
      event.preventDefault();
      box.focus();
      return;
    }
    mask();
    if (!navigator.onLine) {
      event.preventDefault();
      found.textContent = "现在没有网络，问题还在这里。有信号了再点一次“查一查”。有危险请直接打 110，打电话不用上网。";
      return;
    }
    button.textContent = "正在查……";
    button.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    button.textContent = "查一查";
    button.removeAttribute("aria-busy");
    look();
  });
}

// ---- Size of text ----
function sizing(button) {
  button.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const large = document.documentElement.classList.toggle("large");
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `size=${large ? "large" : ""}; Path=/; SameSite=Lax; Max-Age=${large ? 31536000 : 0}${secure}`;
    for (const other of all("[data-size]")) {
      other.value = large ? "normal" : "large";
      other.textContent = large ? "标准" : "大字";
    }
  });
}

// ---- Keeping an answer ----
const words = (node) => node.textContent.replace(/\s+/g, " ").trim();

function answerText() {
  const lines = [];
  const said = (node) => lines.push(`${words(node)}${node.dataset.said ? ` [${node.dataset.said}]` : ""}`);
  for (const node of all(".alert [data-said]")) said(node);
  for (const node of all("[data-asked]").slice(0, 1)) lines.push(`问：${words(node)}`);
  for (const slot of all("[data-slot]")) {
    lines.push("", `【${words(one("h2", slot))}】`);
    all("[data-said]", slot).forEach(said);
  }
  const signs = all("[data-sign]");
  if (signs.length) lines.push("", `【${words(one("#message"))}】`);
  for (const sign of signs) {
    lines.push(words(one("b", sign)));
    all("[data-said]", sign).forEach(said);
  }
  for (const node of all(".silence p, [data-missing]")) lines.push("", words(node));
  const sources = all("[data-source]").map((node) => words(node));
  if (sources.length) lines.push("", "【来源】", ...sources);
  for (const node of all(".disclaimer")) lines.push("", words(node));
  return lines.join("\n").trim();
}

async function copy(text, where) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Not every browser inside an app gives pages the clipboard.
    const box = document.createElement("textarea");
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    if (!done) return say("复制不了，请长按文字自己选。", where);
  }
  return say("复制好了，可以粘贴到别处。", where);
}

async function share() {
  const link = one("[data-link]").href;
  if (!navigator.share) return copy(link);
  try {
    await navigator.share({ title: "问据", url: link });
  } catch (error) {
    if (error.name !== "AbortError") await copy(link);
  }
  return undefined;
}

function read(button) {
  if (speechSynthesis.speaking) {
    speechSynthesis.cancel();
    return;
  }
  const parts = all("h1, .alert [data-said], [data-slot] h2, [data-slot] [data-said], #message, [data-sign] b, [data-sign] [data-said], .silence p, [data-missing]", one("[data-answer]"));
  button.textContent = "别读了";
  // One by one: some browsers fall silent in a long text.
  const queue = parts.map((node) => Object.assign(new SpeechSynthesisUtterance(words(node)), { lang: "zh-CN", rate: 0.9 }));
  const over = () => { button.textContent = "读给我听"; };
  for (const utterance of queue) utterance.onerror = over;
  if (queue.length) queue[queue.length - 1].onend = over;
  queue.forEach((utterance) => speechSynthesis.speak(utterance));
}

const DOES = { copy: () => copy(answerText()), print: () => print(), read, share };
const CAN = { read: () => "speechSynthesis" in window, print: () => "print" in window };

function keeping(button) {
  const name = button.dataset.do;
  if (CAN[name] && !CAN[name]()) return;
  button.hidden = false;
  button.addEventListener("click", () => DOES[name](button));
}

// Not every browser's style can print what is folded.
addEventListener("beforeprint", () => { for (const fold of all(".sources, details.asked")) fold.open = true; });

// ---- Feedback ----
function answering(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const thanks = one("[data-thanks]");
    const reason = one("textarea", form);
    reason.value = masked(reason.value);
    try {
      const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!response.ok) throw new Error(response.status);
      form.hidden = true;
      say("收到了，谢谢你。", thanks);
    } catch {
      say("没能发出去。过一会儿再点一次“发出”。", thanks);
    }
  });
}

// ---- Letters: filled in here, never sent. The fields stand in no form and have no name. ----
const SAME = ["姓名", "电话", "放款机构全称", "法院全称", "编号"]; // filled in once, set everywhere

function letter(template) {
  const part = template.parentElement;
  const blank = template.cloneNode(true);
  const written = document.createElement("div");
  const text = () => all("p", template).map((line) => [...line.childNodes].map((node) => (
    node.nodeType === Node.TEXT_NODE ? node.textContent : node.value || `【${node.dataset.blank}】`
  )).join("")).join("\n");
  const fill = () => {
    for (const line of all("p", template)) {
      const pieces = line.textContent.split(/【([^】]*)】/);
      line.replaceChildren(...pieces.map((piece, at) => (at % 2 ? field(piece) : document.createTextNode(piece))));
    }
    written.textContent = text();
  };
  const field = (label) => {
    const long = label.length > 10;
    const box = document.createElement(long ? "textarea" : "input");
    if (long) box.rows = 2; else { box.type = "text"; box.size = Math.max(4, label.length * 2); }
    box.dataset.blank = label;
    box.placeholder = label.trim();
    box.setAttribute("aria-label", label.trim() || "填写");
    box.autocomplete = "off";
    box.addEventListener("input", () => {
      if (!long) box.size = Math.max(4, label.length * 2, box.value.length * 2);
      written.textContent = text();
    });
    box.addEventListener("change", () => {
      if (!SAME.includes(label)) return;
      for (const other of all("input", template)) {
        if (other.dataset.blank === label && !other.value) other.value = box.value;
      }
      written.textContent = text();
    });
    return box;
  };
  const tool = (name, act) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "plain", textContent: name });
    button.addEventListener("click", act);
    return button;
  };
  const tools = document.createElement("div");
  const done = document.createElement("p");
  tools.className = "tools";
  tools.append(
    tool("复制文书", () => copy(text(), done)),
    tool("打印文书", () => {
      document.documentElement.classList.add("filling");
      print();
      document.documentElement.classList.remove("filling");
    }),
    tool("清空", () => { template.replaceChildren(...blank.cloneNode(true).childNodes); fill(); }),
  );
  const hint = document.createElement("p");
  hint.textContent = "在这里填。填的内容只留在这一页，不会发出去；没填的会留着【】。";
  done.className = "done";
  done.setAttribute("role", "status");
  written.className = "written";
  part.classList.add("letter-part");
  template.before(hint);
  template.after(tools, done, written);
  fill();
}

// ---- History: only here, only when switched on ----
const KEPT = "wenju-history";
const MOST = 30;

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT));
  } catch {
    return null; // the browser keeps nothing, or something else lies there
  }
}

function remember(article) {
  const rows = kept();
  const asked = one("[data-asked]", article);
  if (!rows || !asked) return;
  const question = asked.textContent;
  localStorage.setItem(KEPT, JSON.stringify([question, ...rows.filter((row) => row !== question)].slice(0, MOST)));
}

function keepingHistory(section) {
  const flip = one("[data-history-switch]", section);
  const list = one("[data-history-list]", section);
  const show = () => {
    const rows = kept();
    flip.textContent = rows ? "不再记录，并清掉" : "打开记录";
    flip.setAttribute("aria-pressed", String(Boolean(rows)));
    list.replaceChildren(...(rows || []).map((question) => {
      const item = document.createElement("li");
      const form = document.createElement("form");
      const button = document.createElement("button");
      Object.assign(form, { method: "post", action: list.dataset.historyList });
      Object.assign(button, { name: "question", value: question, textContent: question.slice(0, 80) });
      form.append(button);
      item.append(form);
      return item;
    }));
  };
  flip.addEventListener("click", () => {
    if (kept()) localStorage.removeItem(KEPT); else localStorage.setItem(KEPT, "[]");
    say(kept() ? "打开了。以后问的会记在这部手机上。" : "关掉了，也清掉了。");
    show();
  });
  one("[data-history-erase]", section).addEventListener("click", () => {
    if (kept()) localStorage.setItem(KEPT, "[]");
    say("都清掉了。");
    show();
  });
  section.hidden = false;
  show();
}

all("[data-ask]").forEach(asking);
all("[data-size]").forEach(sizing);
all("[data-do]").forEach(keeping);
all("[data-feedback]").forEach(answering);
all("[data-letter]").forEach(letter);
all("[data-history]").forEach(keepingHistory);
all("article[data-answer]").forEach(remember);
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => undefined));
}

export { masked }; // for the test that compares it with service/privacy.py
