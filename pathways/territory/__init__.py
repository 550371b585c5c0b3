"""A territory's view (*observatoire des compétences*): what many people lack, by area and trade, in figures that are safe to publish."""
