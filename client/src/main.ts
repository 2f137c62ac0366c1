document.title = "Viser";
