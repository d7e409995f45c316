// Set-up: the browser knows the time zone, so nobody types it.
const zone = $("form[data-place] [name=zone]");
if (zone && zone.value === zone.defaultValue && !$(refused)) {
  zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || zone.value;
}

// What is shown once can be copied with one tap.
function offerCopies() {
  for (const button of navigator.clipboard ? $$("button[data-copy]") : []) {
    button.hidden = false;
    button.onclick = async () => {
      await navigator.clipboard.writeText($(button.dataset.copy).textContent.trim());
      speak(button.textContent = button.dataset.copied);
    };
  }
}
offerCopies();
