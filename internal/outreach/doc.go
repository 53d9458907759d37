// Package outreach sorts the areas that no open hub reaches on foot into the
// four outreach categories of Kent's cabinet paper, says why in words, and
// draws target areas with a venue and a frequency.
//
// The categories are those of "Family Hub Programme", Kent County Council,
// Children's and Young People's Cabinet Committee, 21 November 2023, paragraph
// 7.8.1; the thresholds are this project's and every one is a parameter.
//
// # Why open country is not one cluster
//
// Touching rural areas form chains that run through whole counties. A target
// that large names nobody's village, and its people in need pass any threshold.
// So areas are joined within one settlement only, and an area outside every
// settlement stands for itself.
package outreach
