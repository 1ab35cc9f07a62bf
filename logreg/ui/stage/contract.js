// The contract between Python and the browser, as contract.py has it. Types only: the type checker holds the modules to
// them, and a test holds them to Python's and to what it really sends.

/**
 * All that Python sends to a stage. It comes anew, whole, when any of it has changed.
 * @typedef {object} Payload
 * @property {Run[]} runs any number, played in step; with one plane the second is pinned, and drawn faint
 * @property {Timeline|null} timeline the dial that bound traces follow, where there is one
 * @property {Script|null} script what to take along, where it is not that of the runs
 * @property {{plane: Figure[], curves: Figure[]}} figures
 * @property {{plane: string[], curves: string[]}} alt what each figure says in words
 * @property {"explorer"|"rows"|"columns"|"planes"} layout curves beside one plane; or two planes and curves in rows or
 *   side by side; or two large planes
 * @property {Axis} axis the step axis at first
 * @property {number|null} step the step at first; null is the last
 * @property {number} seek a new one moves a stage that is on the page already
 * @property {string} scene while it stays the same, window and zoom stay
 * @property {{lesson: string, scene: string}} about where its marks and terms have their meaning from; "" is anywhere
 * @property {number|null} editable the plane whose points can be edited
 * @property {"edit"|"flip"} click whether a click edits, or only names a point
 * @property {number|null} hidden the run that is hidden for a question
 * @property {string} caption the sentence under the charts (caption.js)
 * @property {(number|null)[]} targets for each run the norm that it tends to
 * @property {{undo: boolean, redo: boolean, reset: boolean}} can what there is something for
 * @property {Action[]} actions the page's own buttons
 * @property {string|null} more names the part of a run that is shown, where there is more to come
 * @property {number} answered the last request that Python has answered
 * @property {string} session the name of the server's session (connection.js)
 * @property {boolean} link whether step, axis and points go into the address
 * @property {"start"|"end"} home where a link stands that names no step
 * @property {string|null} points edited points, as the address has them
 * @property {string|null} pin the pinned run, likewise
 * @property {string|null} message a sentence for the reader
 * @property {{name: "light"|"dark", classes: string[]}} theme the one that Python drew for; its two class colours
 */

/**
 * A run, one number a record.
 * @typedef {object} Run
 * @property {string} name
 * @property {Float64Array} steps rising, the first is 0
 * @property {Float64Array} w1
 * @property {Float64Array} w2 zeros where there is one feature
 * @property {Float64Array} bias
 * @property {Float64Array} loss
 * @property {Float64Array|null} part the cross-entropy in a loss with a penalty
 * @property {Points|null} points those of its plane, or what it learnt from where there is none
 * @property {string} config what decided it besides the points, as Python has it
 * @property {{first: number, until: number}|null} flow the gradient flow that continues it: its first record, and the
 *   time up to which it was asked for
 */

/**
 * A dial with a row of numbers and words for each of its values (logreg/figures/timeline.py).
 * @typedef {object} Timeline
 * @property {string} name the dial's symbol; "step" is that of a training
 * @property {Float64Array} values rising or falling
 * @property {{[name: string]: Float64Array}} columns one number a value, or as many for each
 * @property {{[name: string]: string[]}} words one text a value
 */

/**
 * A Python script that computes the caption's numbers (logreg/ui/stage/script.py).
 * @typedef {object} Script
 * @property {string} imports
 * @property {{[name: string]: Points & {kind: string}}} points by their names in it, with that of their class
 * @property {string} body what gives each place of the caption a variable of its name
 */

/**
 * How a trace follows the timeline: by name, the columns of its x and y.
 * @typedef {{how: "at"|"along", x?: string, y?: string}} Binding
 */

/**
 * @typedef {object} Points
 * @property {Float64Array} X x1, x2 of point 0, then of point 1, …
 * @property {Float64Array} y their labels, 0 or 1
 */

/**
 * A figure of logreg/figures, without what the browser fills in itself.
 * @typedef {{data: Trace[], layout: Layout}} Figure
 * @typedef {{role: string, part: string, bind?: Binding, samples?: (number|null)[]}} Meaning what a trace is, by which the
 *   browser knows what to fill in; the samples that its points are
 * @typedef {{[name: string]: any, meta?: Meaning}} Trace
 * @typedef {{[name: string]: any, meta: {[name: string]: any}}} Layout
 */

/**
 * One change of the points, or a step in their history.
 * @typedef {{op: "add", x: number, y: number, label: number}} Addition
 * @typedef {{op: "move", index: number, x: number, y: number, drag?: number}} Move all of one drag are one step back
 * @typedef {{op: "flip"|"delete", index: number}} ChangeOfOne
 * @typedef {{op: "undo"|"redo"|"reset"}} StepInHistory
 * @typedef {Addition|Move|ChangeOfOne|StepInHistory} Edit
 * @typedef {{edits: Edit[], id: number}} Edits those that waited, in their order, as they are sent
 */

/**
 * Where a stage rests.
 * @typedef {object} Rest
 * @property {number} step
 * @property {Axis} axis
 * @property {boolean} at_end whether it is the last step, and stays the last when the run changes
 * @property {number} seek of the payload that it shows: a report may come late, when the page has gone on
 */

/** @typedef {"log"|"linear"} Axis */
/** @typedef {{name: string, label: string, help: string, place: "transport"|"editor"}} Action */

/**
 * What Streamlit hands to a component.
 * @typedef {object} Component
 * @property {ShadowRoot} parentElement
 * @property {Uint8Array} data
 * @property {(name: string, value: unknown) => void} setStateValue
 * @property {(name: string, value: unknown) => void} setTriggerValue
 */

export {};
