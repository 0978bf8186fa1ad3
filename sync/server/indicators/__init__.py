"""Regional indicators: what a network may know of its companies without knowing one of them.

Only companies that agreed are in the figures at all: counts with the purpose "statistics", means
with "benchmark" (the laptop leaves out what was not agreed to). Coordinators know their region and
see the tables as often as they like, so suppressing small cells is not enough; four things could
still single out a firm, and each is shut off by construction rather than by a check afterwards:

1. A small cell. Companies enter a cell in batches of at least five (`release.STEP`); who waits is
   published nowhere. A published number is thus 0 or at least 5, and up to four companies per row
   are not in it yet. Means are shown only from ten companies on, as the consent form promises.
2. Margin minus cells. A table's total is the sum of its published cells and of nothing else, so
   the difference is always zero. There is no row "others" and no total of what waits.
3. Snapshot minus snapshot. A cell changes by whole batches, and who entered together stays together
   for good: companies that leave stay counted until their whole batch has left, or at least five
   have and at least five remain; they come back together or not at all (means: not at all). So
   whatever sum or difference of snapshots one computes, it gives every company of a batch the same
   factor, and speaks of five companies or of none. Freezing a table until five companies have
   changed would not do: six arrive, five leave, and first and last snapshot differ by one company.
4. Cell minus cell of another table. There are no cross tables and no filters. The only sums besides
   counts are the means, and they exist in one partition only, form by size by dimension; the means
   over all sizes are added up from the published cells and say nothing new. Counts of different
   tables speak of different properties and never add up to one about the same companies.

A homogeneous group tells of each member what it tells of all. So a batch of means enters only
if each of its values could still be anything in a range of 50 points out of 100, and an offer or a
referral is counted only while at least five companies have not used it.

Company files that were joined because they are one company count as one from then on. What was
published before changes by five or not at all here too, so a company that came in twice stays so
until four others go with it.

What stays of a company that was erased is its share in numbers over at least five, as published
before; its id is taken out of its batches at once (`published.forget_companies`). One that withdrew
its consent leaves with its batch; its values are forgotten at the next look.
A server restored from a copy may cut batches differently than it had since: whoever kept the pages
of the lost time could compare them. That is the one gap, and restoring is rare and audited.

`facts` reads what laptops wrote, `joined` which files are one company, `release` decides, `tables`
words it (all pure); `published` keeps it in the database, `pages` shows it, `reference` exports the
means for the laptops.
"""
