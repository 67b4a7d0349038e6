// Articles for the tests: our own sentences, with everything that makes Arabic news awkward.

/** Tatweel, vowel marks, CRLF and a lone LF, emoji with joiners, Latin in brackets, quotes that do not match, both
 * kinds of digits, direction marks, a no-break space, a blank line and white space at the end. */
export const AWKWARD = {
  title: "اتفاق أمني بين العراق وبريطانيا",
  text: [
    "بغـــداد – وكالات: وقّع العراقُ وبريطانيا، يوم الثلاثاء ١٢ آذار ٢٠٢٤، اتفاقًا أمنيًّا جديدًا 🇮🇶🤝🇬🇧.",
    "",
    "وقال المتحدّث باسم وزارة الدفاع العراقية مُحَمَّد العَسْكَري إنّ «الاتفاق يشمل ٣٥ طائرة مسيّرة (UAV) و12 عربة مدرّعة\" 👨‍👩‍👧‍👦\u00a0.",
    "\u200fوأضاف أنّ حلف شمال الأطلسي (NATO) سيدرّب ١٬٥٠٠ جندي في البصرة،\nوللجيش العراقي حصّة من العتاد",
    "ولم يصدر تعليق من لندن.  ",
    "",
  ].join("\r\n"),
};

export const PLAIN = {
  title: "قصف قرب حلب",
  text: "قُتل ثلاثة جنود في قصف قرب مدينة حلب شمالي سوريا صباح الأحد، وفق ما أعلنه الجيش السوري.\n\nوقال مصدر طبي في دمشق إن خمسة جرحى نُقلوا إلى المستشفى.",
};

/** Where a piece of the text stands, in code points (as in the files), the nth time it occurs. */
export function placeOf(text, surface, nth = 0) {
  let at = -1;
  for (let found = 0; found <= nth; found++) {
    at = text.indexOf(surface, at + 1);
    if (at < 0) throw new Error(`the text has no ${surface} number ${nth + 1}`);
  }
  const start = [...text.slice(0, at)].length;
  return { start, end: start + [...surface].length };
}
