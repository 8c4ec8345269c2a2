/** What PyTorch has no function for, by name: a file has those that it uses. */
export const torchHelpers: Readonly<Record<string, string>> = {
  mean_pool: `def mean_pool(x, size, stride, counted, rest):
    """The mean of each window with zeros around the map, of which only those in \`counted\` count."""
    ones = F.pad(F.pad(torch.ones_like(x[:1, :1]), counted, value=1), rest)
    means = F.avg_pool2d(F.pad(F.pad(x, counted), rest), size, stride)
    return means / F.avg_pool2d(ones, size, stride)
`,
};

/** Names that nn.Module has itself, as of PyTorch 2.15: a layer under one of them could not be reached. */
export const moduleWords: readonly string[] = (
  'T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval ' +
  'extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia ' +
  'named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer ' +
  'register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook ' +
  'register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter ' +
  'register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory ' +
  'state_dict to to_empty train training type xpu zero_grad'
).split(' ');
